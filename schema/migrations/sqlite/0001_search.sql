-- Names of codes and outputs as people search them; filled by the module that owns the list, in the same transaction.
CREATE VIRTUAL TABLE `reference_search` USING fts5(`list` UNINDEXED, `code`, `name`, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3 4');

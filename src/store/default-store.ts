/** Where the store is when neither `--db` nor TANDAI_DB says so. */
export const DEFAULT_STORE = "data/tandai.db";

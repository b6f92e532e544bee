/** Long work: imports and reports that are queued, run in threads, followed, cancelled, and taken up after a restart. */
export { PRIVATE_FILE, PRIVATE_FOLDER, StoredFiles } from "./files.ts";
export { Jobs, type JobsOptions, type StoredUpload } from "./jobs.ts";
export { JobQueue, type QueuedJob } from "./queue.ts";
export { type ImportChoices, isFinished, JOB_STATUSES, type Job, type JobStatus } from "./types.ts";

// Whoever waits for a backup or a restore: how far it is, and whether it is still wanted.
export interface BackupWatch {
  /** 0 to 1. */
  progress(part: number): void
  stopped(): boolean
}
export const unwatched: BackupWatch = { progress: () => {}, stopped: () => false }

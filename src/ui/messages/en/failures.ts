// What is wrong when the station stays locked, and what to do next, for each code.
import type { FailureCode } from '../../../contracts/screen.ts'

interface FailureWords {
  title: string
  wrong: string
  next: string
}
export type Failures = Readonly<Record<FailureCode, FailureWords>>

export const failures: Failures = {
  'no-keychain': {
    title: 'There is no keychain',
    wrong: 'Wardkey keeps its keys in the keychain of this computer, and there is none running.',
    next: 'Start the keychain service of this computer, then try again. If that does not help, restart Wardkey.',
  },
  'keychain-locked': {
    title: 'The keychain is locked',
    wrong: 'Wardkey cannot read its keys while the keychain is locked.',
    next: 'Unlock the keychain of this account, then try again.',
  },
  'insecure-keychain': {
    title: 'The keychain does not protect keys',
    wrong: 'This keychain stores keys without encryption, so Wardkey does not use it.',
    next: 'Ask IT to set up a keychain that encrypts, then try again.',
  },
  'key-missing': {
    title: 'The key of this workstation is missing',
    wrong: 'The data of this workstation is here, but its key is not in the keychain.',
    next: 'Ask IT to restore the keychain entry. Do not set up again: that would lose the log.',
  },
  'key-changed': {
    title: 'The key does not fit the data',
    wrong: 'The keychain holds a different key from the one that protects the data of this workstation.',
    next: 'Ask IT to restore the key and the data that belong together.',
  },
  'checkpoint-missing': {
    title: 'The checkpoint of the log is missing',
    wrong: 'The keychain no longer says how long the audit log was, so nobody could tell if its end were cut off.',
    next: 'Ask IT to restore the keychain entry. If nobody removed it, tell security.',
  },
  'data-missing': {
    title: 'The data of this workstation is missing',
    wrong: 'The keychain has a key for this workstation, but its data is gone.',
    next: 'Ask IT to put the data folder back from a backup.',
  },
  'data-damaged': {
    title: 'The data is damaged',
    wrong: 'The data of this workstation cannot be read.',
    next: 'Ask IT to check the disk and to restore the data from a backup.',
  },
  'data-edited': {
    title: 'The data was changed from outside',
    wrong: 'Something other than Wardkey changed the data of this workstation.',
    next: 'Keep this computer as it is and tell security. They decide how to go on.',
  },
  'data-newer': {
    title: 'The data is from a newer version',
    wrong: 'A newer Wardkey wrote this data, and this one does not understand it.',
    next: 'Ask IT to install the newer version again.',
  },
  'data-unwritable': {
    title: 'The data cannot be written',
    wrong: 'Something else holds the files of this workstation, or its disk does not answer.',
    next: 'Close other programs that use the data folder and check the disk, then try again.',
  },
  'data-busy': {
    title: 'Another program is writing',
    wrong: 'A long change is under way, such as an import of people. Nothing is wrong.',
    next: 'Wait. This workstation opens by itself as soon as it is done.',
  },
  'data-readonly': {
    title: 'The data folder is read-only',
    wrong: 'Wardkey may read its data folder but not write to it, so it could keep no record of who signs in.',
    next: 'Ask IT to correct the rights of the folder, or to mount its disk for writing, then try again. Nothing was lost.',
  },
  'disk-full': {
    title: 'The disk is full',
    wrong: 'There is no room left to write, and Wardkey lets nobody in without a record.',
    next: 'Make room on the disk that holds the data folder, then try again. Nothing was lost.',
  },
  'log-cut': {
    title: 'The log is shorter than it was',
    wrong: 'Entries at the end of the audit log are missing.',
    next: 'Keep this computer as it is and tell security. They decide how to go on.',
  },
  'log-changed': {
    title: 'The log was changed',
    wrong: 'An entry in the audit log is not what was written.',
    next: 'Keep this computer as it is and tell security. They decide how to go on.',
  },
  'second-instance': {
    title: 'Wardkey is already running',
    wrong: 'Another Wardkey uses the data of this workstation.',
    next: 'Use the other window, or close it and try again.',
  },
  unexpected: {
    title: 'Wardkey could not start',
    wrong: 'Something happened that Wardkey does not know.',
    next: 'Try again. If it stays, tell IT the code below.',
  },
}

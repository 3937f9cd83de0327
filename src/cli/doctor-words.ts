// What the doctor says of each finding, and how to mend it.
import type { HealthSaid, HealthState } from '../contracts/health.ts'

type Finding =
  | HealthSaid
  | 'runtime-official'
  | 'runtime-test'
  | 'runtime-missing'
  | 'sandbox-ready'
  | 'sandbox-root'
  | 'sandbox-closed'
  | 'station-runs'
  | 'station-rests'
  | 'policy-readable'
  | 'policy-unreadable'
  | 'people-unconfirmed'
  | 'store-older'

interface Words {
  readonly said: string
  /** null where nothing needs mending. */
  readonly next: string | null
}
const good = (said: string): Words => ({ said, next: null })

const findings: Readonly<Record<Finding, Words>> = {
  'keychain-reachable': good("the keychain answers and has this station's key"),
  'keychain-missing': { said: 'there is no keychain', next: 'start the keychain service of this account' },
  'keychain-locked': { said: 'the keychain is locked', next: 'unlock the keychain of this account' },
  'keychain-insecure': { said: 'the keychain does not encrypt', next: 'set up a keychain that encrypts' },
  'key-missing': {
    said: "the keychain has no key for this station's data",
    next: 'put the keychain entry back, or restore a backup into an empty folder',
  },
  'key-changed': {
    said: "the keychain's key is not the one this station's data rests under",
    next: 'put back the key that belongs to this folder; check WARDKEY_KEYCHAIN_SERVICE',
  },
  'clock-right': good('nothing speaks against the clock'),
  'clock-unsynchronised': { said: 'the clock is not synchronised', next: 'let this computer reach a time server' },
  'clock-closed': {
    said: 'the clock is behind what people have confirmed: typed codes are closed',
    next: 'set the clock right; an administrator lowers the floor with a recovery code if it already is',
  },
  'store-durable': good('the store writes durably, and its indexes are sound'),
  'store-not-durable': { said: 'the store does not write durably', next: 'move the data folder to a local disk' },
  'store-older': {
    said: 'the store is from an older version',
    next: 'start the station once, or run a command that changes something: either brings it up to date',
  },
  'store-damaged': { said: 'the store is damaged', next: 'check the disk, then restore a backup' },
  'disk-room': good('there is room on the disk'),
  'disk-low': { said: 'the disk is nearly full', next: 'make room: below 200 MB the station will soon close' },
  'disk-nearly-full': { said: 'there is next to no room on the disk', next: 'make room now' },
  'log-anchored': good('the log is complete and unchanged, anchored to the keychain'),
  'log-checking': good('the log is being checked'),
  'log-behind': {
    said: "the keychain's checkpoint is behind the log",
    next: 'start the station once: it catches up by itself after a crash',
  },
  'log-unanchored': {
    said: "the keychain has no checkpoint of this station's log",
    next: 'put the keychain entry back; if nobody removed it, tell security',
  },
  'folder-private': good('only this account may enter the data folder'),
  'folder-open': { said: 'other accounts may enter the data folder', next: 'chmod 700 the data folder' },
  'folder-foreign': {
    said: 'the data folder belongs to another account',
    next: 'chown it to the account of the station',
  },
  'backup-recent': good('a backup was made within the last week'),
  'backup-old': { said: 'the last backup is older than a week', next: 'make one: backup create FILE --as STAFF_ID' },
  'backup-never': { said: 'there is no backup', next: 'make one: backup create FILE --as STAFF_ID' },
  'runtime-official': good('the Electron that was asked for is there'),
  'runtime-test': {
    said: 'the test runtime stands in for Electron',
    next: 'let this computer fetch the official Electron, or name one with WARDKEY_ELECTRON',
  },
  'runtime-missing': { said: 'there is no Electron', next: 'run the setup again' },
  'sandbox-ready': good("nothing here keeps Chromium's sandbox from working"),
  'sandbox-root': {
    said: 'this is root, under which Chromium has no sandbox',
    next: 'run the station as an ordinary account',
  },
  'sandbox-closed': {
    said: "this system does not allow unprivileged user namespaces, which Chromium's sandbox needs",
    next: 'allow them, or install chrome-sandbox set-uid root',
  },
  'station-runs': good('a station runs on this folder'),
  'station-rests': good('no station runs on this folder'),
  'policy-readable': good('the policy can be read'),
  'policy-unreadable': { said: 'the policy can not be read', next: 'restore a backup' },
  'people-unconfirmed': {
    said: 'restored, and the people are not confirmed',
    next: 'an administrator signs in at the station and confirms them',
  },
}

export interface Looked extends Words {
  readonly name: string
  readonly state: HealthState
}
export const found = (name: string, state: HealthState, finding: Finding): Looked => ({
  ...{ name, state },
  ...findings[finding],
})

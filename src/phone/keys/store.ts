// What the phone keeps: for each workstation that it opens a binding with its keys, and bindings that are under way.
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { BindingOffer } from '../../core/binding.ts'
import type { Directory } from '../../core/directory.ts'
import type { Passkey } from './passkey.ts'
import type { Sealed } from './sealing.ts'

/** A workstation that this phone opens. The keys can be used, and never read. */
export interface Binding {
  /** The station's number, 16 hex digits. */
  readonly station: string
  readonly name: string
  readonly location: string
  readonly personName: string
  /** UUID of the credential, 16 bytes; null where the workstation has not been scanned after a typed part. */
  readonly credential: Uint8Array | null
  readonly keys: BindingKeys
  /** Asked before each answer. */
  readonly passkey: Passkey | null
  readonly boundAtMs: number
  /** Whose hub the workstation had joined when the phone was bound; absent or null: none. */
  readonly organisation?: Organisation | null
}

/** Pinned by the welcome, which the workstation signed. */
export interface Organisation {
  readonly slug: string
  /** Ed25519 public key, 32 bytes. */
  readonly key: Uint8Array
}

/**
 * `answer`: HMAC-SHA256, for typed answers. `signing`: ECDSA; null where the part was typed, so that no station could check.
 * `agreement`: ECDH, from which the key of typed answers at the organisation's other workstations comes; absent without a hub.
 */
export type BindingKeys =
  | {
      readonly sealed: false
      readonly answer: CryptoKey
      readonly signing: CryptoKey | null
      readonly agreement?: CryptoKey | null
    }
  | {
      readonly sealed: true
      readonly answer: Sealed
      readonly signing: Sealed | null
      readonly agreement?: Sealed | null
    }

/** How the part goes to the station. */
export type Way = 'shown' | 'typed'

/** Made for an offer that is not confirmed yet: scanned again, it is answered by the same keys. */
export interface Pending {
  /** Hex of the offer's id. */
  readonly id: string
  readonly offer: BindingOffer
  readonly way: Way
  /** Private half, ECDH. */
  readonly agreement: CryptoKey
  /** The same, wrapped, where the keys lie so; absent or null where they don't. */
  readonly agreementSealed?: Sealed | null
  readonly signing: CryptoKey | Sealed
  /** Wraps what the welcome makes, and opens nothing; null where the passkey has no PRF. */
  readonly sealing: CryptoKey | null
  /** As encoded. */
  readonly part: Uint8Array
  /** Ten bytes, for where the part is typed. */
  readonly r: Uint8Array
  readonly passkey: Passkey | null
  readonly madeAtMs: number
}

interface Schema extends DBSchema {
  binding: { key: string; value: Binding }
  pending: { key: string; value: Pending }
  /** By the organisation's key, in hex. */
  directory: { key: string; value: Directory }
}
/** After an offer's longest life nothing can confirm it any more. */
const pendingLivesMs = 60 * 60_000

let opened: Promise<IDBPDatabase<Schema>> | null = null
function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>('wardkey', 2, {
    upgrade(db, before) {
      if (before < 1) {
        db.createObjectStore('binding', { keyPath: 'station' })
        db.createObjectStore('pending', { keyPath: 'id' })
      }
      if (before < 2) db.createObjectStore('directory')
    },
    // Another tab has a newer page: this one must not hold up its store.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  })
  return opened
}

export const readBindings = async (): Promise<Binding[]> =>
  (await (await database()).getAll('binding')).sort((a, b) => b.boundAtMs - a.boundAtMs)

/** @param station number, hex. */
export const readBinding = async (station: string): Promise<Binding | undefined> =>
  (await database()).get('binding', station)

export const forgetBinding = async (station: string): Promise<void> => (await database()).delete('binding', station)

/** Its pending one goes in the same transaction. */
export async function keepBinding(binding: Binding, pendingId: string): Promise<void> {
  const transaction = (await database()).transaction(['binding', 'pending'], 'readwrite', { durability: 'strict' })
  await Promise.all([
    transaction.objectStore('binding').put(binding),
    transaction.objectStore('pending').delete(pendingId),
    transaction.done,
  ])
  // Browsers clear what nobody asked them to keep. One that refuses keeps it for a while all the same.
  await navigator.storage?.persist?.()
}

export const keepPending = async (pending: Pending): Promise<void> => {
  await (await database()).put('pending', pending)
}

export async function readPending(id: string): Promise<Pending | undefined> {
  const db = await database()
  const kept = await db.get('pending', id)
  if (kept && Date.now() - kept.madeAtMs > pendingLivesMs) {
    await db.delete('pending', id)
    return undefined
  }
  return kept
}

/** @param key of the organisation, in hex. */
export const readDirectoryOf = async (key: string): Promise<Directory | undefined> =>
  (await database()).get('directory', key)

export const keepDirectory = async (key: string, directory: Directory): Promise<void> => {
  await (await database()).put('directory', directory, key)
}

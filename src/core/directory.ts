// The signed directory of stations, as a phone reads it: which workstations its owner's hub vouches for, and their keys.
import { utf8 } from './fields.ts'

export interface DirectoryStation {
  /** 16 hex digits. */
  readonly number: string
  readonly name: string
  readonly location: string
  /** P-256 public key that it agrees with phones by: 33 bytes in base64. */
  readonly key: string
  /** 'removed': nobody should scan it any more. */
  readonly status: 'active' | 'removed'
}
export interface Directory {
  readonly kind: 'directory'
  readonly organisation: string
  /** When the hub signed it, ms since 1970: an older one takes no newer one's place. */
  readonly atMs: number
  /** Of what it holds, base64url. */
  readonly version: string
  readonly stations: readonly DirectoryStation[]
}

/** What a phone signs to be given it. @param credential UUID. */
export const directoryMessage = (organisation: string, credential: string, atSeconds: number): Uint8Array =>
  utf8(`wardkey directory v1\n${organisation}\n${credential}\n${atSeconds}`)

/** null where it is not one. */
export function readDirectory(value: unknown): Directory | null {
  const { kind, organisation, atMs, version, stations } = (value ?? {}) as Record<keyof Directory, unknown>
  const isOne =
    kind === 'directory' && typeof organisation === 'string' && typeof version === 'string' && Number.isInteger(atMs)
  if (!isOne || !Array.isArray(stations) || !stations.every(isStation)) return null
  return { kind, organisation, atMs: atMs as number, version, stations }
}

function isStation(value: unknown): value is DirectoryStation {
  const { number, name, location, key, status } = (value ?? {}) as Record<keyof DirectoryStation, unknown>
  return (
    typeof number === 'string' &&
    /^[0-9a-f]{16}$/.test(number) &&
    isShown(name) &&
    isShown(location) &&
    typeof key === 'string' &&
    /^[A-Za-z0-9+/]{44}$/.test(key) &&
    (status === 'active' || status === 'removed')
  )
}

/** Nothing that could pass for something else on a screen. */
const isShown = (text: unknown): boolean =>
  typeof text === 'string' && text.length <= 200 && !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text)

// The workstations that the organisation's hub vouches for: kept on the phone, believed only under the key that the binding pinned.
import { type Directory, type DirectoryStation, readDirectory } from '../core/directory.ts'
import { utf8 } from '../core/fields.ts'
import { bytesOf } from './base64url.ts'
import { hexOf, isByStation } from './keys/agreement.ts'
import { type Binding, keepDirectory, type Organisation, readBindings, readDirectoryOf } from './keys/store.ts'

export const readKeptDirectory = (organisation: Organisation): Promise<Directory | undefined> =>
  readDirectoryOf(hexOf(organisation.key))

/** A JWS (EdDSA). One of another key, of another organisation, or older than what is kept changes nothing. */
export async function takeDirectory(organisation: Organisation, text: string): Promise<void> {
  const directory = openDirectory(organisation, text)
  if (!directory) return
  const kept = await readKeptDirectory(organisation)
  if (kept && kept.atMs > directory.atMs) return
  await keepDirectory(hexOf(organisation.key), directory)
}

/** null where the organisation's key did not sign it. */
export function openDirectory({ slug, key }: Organisation, text: string): Directory | null {
  const [header = '', payload = '', signature = '', ...rest] = text.split('.')
  try {
    if (rest.length > 0 || jsonOf(header).alg !== 'EdDSA') return null
    if (!isByStation(utf8(`${header}.${payload}`), bytesOf(signature), key)) return null
    const directory = readDirectory(jsonOf(payload))
    return directory?.organisation === slug ? directory : null
  } catch {
    // No base64, no JSON: nobody's directory.
    return null
  }
}

const jsonOf = (part: string): { alg?: unknown } => JSON.parse(new TextDecoder().decode(bytesOf(part)))

/** What an organisation of this phone's says of a workstation. */
export interface Listed {
  readonly binding: Binding
  readonly station: DirectoryStation
}

/** By the newest binding whose organisation knows it. @param number 16 hex digits. */
export async function findListed(number: string): Promise<Listed | null> {
  for (const binding of await readBindings()) {
    const listed = await listedFor(binding, number)
    if (listed) return listed
  }
  return null
}

/** What the organisation of this binding says. */
export async function listedFor(binding: Binding, number: string): Promise<Listed | null> {
  if (!binding.organisation) return null
  const directory = await readKeptDirectory(binding.organisation)
  const station = directory?.stations.find((each) => each.number === number)
  return station ? { binding, station } : null
}

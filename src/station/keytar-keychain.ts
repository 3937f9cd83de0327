// The OS keychain by keytar. Every wait has a limit: a locked keyring would otherwise ask in a window nobody sees.
import { type Keychain, KeychainError } from './ports.ts'

const limitMs = 8_000

export function createKeytarKeychain(service: string): Keychain {
  return {
    read: (account) => limited(readEntry(service, account)),
    write: (account, value) => limited(library().then((keytar) => keytar.setPassword(service, account, value))),
    remove: (account) =>
      limited(library().then(async (keytar) => void (await keytar.deletePassword(service, account)))),
  }
}

/** A locked keyring of Linux says "no such entry" as well: only a write tells the two apart. */
async function readEntry(service: string, account: string): Promise<string | null> {
  const keytar = await library()
  const value = await keytar.getPassword(service, account)
  if (value !== null || process.platform !== 'linux') return value
  await keytar.setPassword(service, 'probe', 'unlocked')
  await keytar.deletePassword(service, 'probe')
  return null
}

/** Loaded at first use: where its system library is missing that is a keychain missing, not a crash. */
const library = async () => (await import('keytar')).default

async function limited<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new KeychainError('keychain-locked')), limitMs)
  })
  try {
    return await Promise.race([work, late])
  } catch (error) {
    if (error instanceof KeychainError) throw error
    throw new KeychainError(/locked|prompt|dismissed/i.test(String(error)) ? 'keychain-locked' : 'no-keychain')
  } finally {
    clearTimeout(timer)
  }
}

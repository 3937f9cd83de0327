// A session on a fresh folder with a keyring of its own, of which nothing stays.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { openSession } from './session.mjs'

/** @param {string} purpose names the folder and the keychain's service. */
export async function openThrowAwaySession(purpose) {
  const dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), `wardkey-${purpose}-`))
  const remove = () => fs.rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 })
  try {
    const session = await openSession({
      dataFolder,
      keyring: 'own',
      display: true,
      service: `wardkey-${purpose}`,
    })
    const close = async () => {
      await session.close()
      remove()
    }
    return { env: session.env, dataFolder, close }
  } catch (error) {
    remove()
    throw error
  }
}

// A session: the display, the keychain and the settings that a development command finds around it.
import fs from 'node:fs'
import path from 'node:path'
import { calledFrom, root } from '../project.mjs'
import { hasSecretService } from './bus.mjs'
import { openDisplay } from './display.mjs'
import { makeFolder } from './folder.mjs'
import { openKeyring } from './keyring.mjs'

/**
 * @param {object} options
 * @param {string} [options.dataFolder] the station's folder; see chooseDataFolder.
 * @param {'shared' | 'own' | 'existing'} [options.keyring] shared: the caller's keychain where the caller asks for it by
 *   WARDKEY_KEYCHAIN_SERVICE, else the folder's own; own: the folder's own; existing: as shared, but nothing is made anew.
 * @param {boolean} [options.display] whether windows will open.
 * @param {string} [options.service] the keychain's service name, where the caller names none.
 * @returns {Promise<{env: Record<string, string>, close: () => Promise<void>}>}
 */
export async function openSession({
  dataFolder = chooseDataFolder(),
  keyring = 'shared',
  display = false,
  service = 'wardkey-development',
}) {
  // Who only looks says in words of its own what is missing.
  if (keyring !== 'existing') makeFolder(dataFolder)
  const opened = []
  const close = async () => {
    while (opened.length) await opened.pop().close()
  }
  try {
    if (display) opened.push(await openDisplay())
    if (process.platform === 'linux') opened.push(await chooseKeychain(dataFolder, keyring))
  } catch (error) {
    await close()
    throw error
  }
  const env = Object.assign(
    { ...process.env },
    ...opened.map((part) => part.env),
    { WARDKEY_DATA_DIR: dataFolder },
    { WARDKEY_KEYCHAIN_SERVICE: process.env.WARDKEY_KEYCHAIN_SERVICE || service },
  )
  return { env, close }
}

/** @returns {string} absolute. */
export function chooseDataFolder(given = process.env.WARDKEY_DATA_DIR) {
  return given ? path.resolve(calledFrom, given) : path.join(root, '.wardkey')
}

async function chooseKeychain(dataFolder, keyring) {
  const ambient = process.env.DBUS_SESSION_BUS_ADDRESS
  const asked = keyring !== 'own' && process.env.WARDKEY_KEYCHAIN_SERVICE
  if (asked && hasSecretService(ambient)) return { env: {}, close: async () => {} }
  if (keyring === 'existing' && !fs.existsSync(path.join(dataFolder, 'keyring')))
    // No bus at all: without this, a lookup would open the person's own keychain, or ask for its password.
    return { env: { DBUS_SESSION_BUS_ADDRESS: 'disabled:' }, close: async () => {} }
  return openKeyring(dataFolder)
}

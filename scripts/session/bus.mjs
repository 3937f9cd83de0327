// Asks a D-Bus session whether it has a keychain (the Secret Service) behind it.
import { spawnSync } from 'node:child_process'

/** @param {string | undefined} address the session's address. */
export function hasSecretService(address) {
  if (!address) return false
  const { stdout } = spawnSync(
    'dbus-send',
    [
      `--bus=${address}`,
      '--print-reply=literal',
      '--reply-timeout=2000',
      '--dest=org.freedesktop.DBus',
      '/org/freedesktop/DBus',
      'org.freedesktop.DBus.NameHasOwner',
      'string:org.freedesktop.secrets',
    ],
    { encoding: 'utf8', timeout: 5000 },
  )
  return /boolean true/.test(stdout ?? '')
}

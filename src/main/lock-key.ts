// The key that locks: Ctrl+L, wherever the layout has its L.
import type { Input } from 'electron'

/** On a layout without Latin letters the key is known by its place; AltGr, which is Ctrl+Alt, types letters there. */
export function isLockKey({ type, control, alt, key, code }: Input): boolean {
  if (type !== 'keyDown' || !control || alt) return false
  return /^[a-z]$/i.test(key) ? key.toLowerCase() === 'l' : code === 'KeyL'
}

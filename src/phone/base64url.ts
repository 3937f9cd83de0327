// Bytes as text in addresses, headers and JSON: base64url (RFC 4648, 5), without padding.
import { type Bytes, own } from './keys/agreement.ts'

const atOnce = 4096

export function urlOf(bytes: Uint8Array): string {
  let binary = ''
  for (let from = 0; from < bytes.length; from += atOnce)
    binary += String.fromCharCode(...bytes.subarray(from, from + atOnce))
  return btoa(binary).replace(/[+/=]/g, (each) => (each === '+' ? '-' : each === '/' ? '_' : ''))
}

/** Throws on what is none. Takes base64 as well. */
export const bytesOf = (text: string): Bytes =>
  own(Uint8Array.from(atob(text.replace(/[-_]/g, (each) => (each === '-' ? '+' : '/'))), (each) => each.charCodeAt(0)))

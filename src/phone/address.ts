// What the phone's own camera opened the page with.

/** What follows the `#`, which is taken out of the address and the history; null where nothing does. */
export function readAddress(): string | null {
  const fragment = location.hash.slice(1)
  if (fragment === '') return null
  history.replaceState(null, '', location.pathname)
  return fragment.toUpperCase()
}

/** By what the browser says of itself: enough for somebody who reads a log, and nothing more. */
export function deviceName(): string {
  const { userAgent } = navigator
  const system = /iPhone|iPad|Android|Windows|Macintosh|CrOS|Linux/.exec(userAgent)?.[0] ?? 'Unknown'
  const browser = /Edg|SamsungBrowser|Firefox|Chrome|Safari/.exec(userAgent)?.[0] ?? 'browser'
  return `${system}, ${browser === 'Edg' ? 'Edge' : browser}`
}

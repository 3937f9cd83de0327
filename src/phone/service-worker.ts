// Keeps the page on the phone: all of its files at the first visit, so that it opens and scans with no network at all.

/** Put in by the build: every file of the page, and a name that changes with any of them. */
declare const PAGE_FILES: readonly string[]
declare const PAGE_VERSION: string

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
interface Scope {
  readonly location: Location
  readonly clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install' | 'activate', listener: (event: ExtendableEvent) => void): void
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void
}
const scope = globalThis as unknown as Scope
const ours = 'wardkey-page-'
const cacheName = ours + PAGE_VERSION

// All or nothing: half a page would fail on the day without a network.
scope.addEventListener('install', (event) => {
  const fresh = PAGE_FILES.map((file) => new Request(file, { cache: 'reload' }))
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(fresh)))
  void scope.skipWaiting()
})

// What is kept here is the page alone: the keys lie in a database of their own, and stay. The page before this one is kept
// too, since it may be open still, and want a file that it has not read yet.
scope.addEventListener('activate', (event) => {
  event.waitUntil(dropOldPages().then(() => scope.clients.claim()))
})

async function dropOldPages(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith(ours) && name !== cacheName)
  await Promise.all(old.slice(0, -1).map((name) => caches.delete(name)))
}

scope.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method !== 'GET' || new URL(request.url).origin !== scope.location.origin) return
  event.respondWith(answerFor(request))
})

async function answerFor(request: Request): Promise<Response> {
  const cache = await caches.open(cacheName)
  const wanted = request.mode === 'navigate' ? './' : request
  const kept = await cache.match(wanted, { ignoreSearch: true })
  return kept ?? (await caches.match(wanted, { ignoreSearch: true })) ?? fetch(request)
}

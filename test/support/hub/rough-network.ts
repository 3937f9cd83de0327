// A proxy of ours between stations and hubs that does what networks do, as the dice say: drops, delays, cuts, brings twice.
import net from 'node:net'

export interface Roughness {
  /** Each between 0 and 1: how often a connection meets with it. */
  readonly drops: number
  readonly cuts: number
  readonly delays: number
  readonly repeats: number
}
export const calm: Roughness = { drops: 0, cuts: 0, delays: 0, repeats: 0 }

export interface RoughNetwork {
  readonly url: string
  roughness: Roughness
  /** How often each befell somebody. */
  readonly counts: Record<keyof Roughness, number>
  /** Every connection there is, at once. */
  cutAll(): number
  close(): Promise<void>
}

/** @param targets ports of the hubs now: which of them a connection goes to, the dice say too. @param dice in [0, 1). */
export async function startRoughNetwork(targets: () => readonly number[], dice: () => number): Promise<RoughNetwork> {
  const open = new Set<net.Socket>()
  const counts = { drops: 0, cuts: 0, delays: 0, repeats: 0 }
  const happens = (what: keyof Roughness): boolean => {
    const does = dice() < network.roughness[what]
    if (does) counts[what]++
    return does
  }
  const keep = (socket: net.Socket): net.Socket => {
    open.add(socket)
    socket.on('error', () => socket.destroy()).on('close', () => open.delete(socket))
    return socket
  }
  const anyTarget = (): net.Socket => {
    const ports = targets()
    return keep(net.connect(ports[Math.floor(dice() * ports.length)] ?? 1, '127.0.0.1'))
  }
  const server = net.createServer({ allowHalfOpen: false }, (client) => {
    keep(client)
    if (happens('drops')) return client.destroy()
    const waitMs = happens('delays') ? dice() * 400 : 0
    // Either way, and before or in the middle of what is said.
    const cutAfter = happens('cuts') ? Math.floor(dice() ** 3 * 200_000) : Number.POSITIVE_INFINITY
    const isRepeated = happens('repeats')
    const first = anyTarget()
    // All of what it sends arrives a second time, at whichever hub; what is answered to that, nobody hears.
    const second = isRepeated ? anyTarget().resume() : null
    let passed = 0
    const pass = (from: net.Socket, to: readonly net.Socket[]) =>
      from.on('data', (chunk: Buffer) => {
        passed += chunk.length
        if (passed > cutAfter) for (const each of [from, ...to]) each.destroy()
        else setTimeout(() => to.map((each) => each.destroyed || each.write(chunk)), waitMs)
      })
    pass(client, second ? [first, second] : [first])
    pass(first, [client])
    const end = () => setTimeout(() => [client, first, second].map((each) => each?.destroy()), waitMs + 20)
    client.on('close', end)
    first.on('close', end)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const network: RoughNetwork = {
    url: `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    roughness: calm,
    counts,
    cutAll() {
      const cut = open.size
      for (const socket of open) socket.destroy()
      return cut
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        network.cutAll()
      }),
  }
  return network
}

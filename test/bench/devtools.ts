// Asks a running Electron's first page something, from outside, over the DevTools protocol.

const limitMs = 20_000

interface Answer {
  readonly id?: number
  readonly result?: unknown
  readonly error?: { readonly message: string }
}
interface Targets {
  readonly targetInfos: readonly { readonly type: string; readonly targetId: string }[]
}
interface Evaluated {
  readonly result: { readonly value: unknown }
  readonly exceptionDetails?: { readonly text: string; readonly exception?: { readonly description?: string } }
}

/**
 * @param address of the browser's own endpoint, as Electron prints it.
 * @param expression of JavaScript; a promise is waited for.
 */
export async function askPage(address: string, expression: string): Promise<unknown> {
  const socket = new WebSocket(address)
  try {
    const opened = await new Promise<boolean>((resolve) => {
      socket.onopen = () => resolve(true)
      socket.onerror = () => resolve(false)
    })
    if (!opened) throw new Error(`DevTools can't be reached at ${address}`)
    const { targetInfos } = (await send(socket, 1, 'Target.getTargets', {})) as Targets
    const page = targetInfos.find((target) => target.type === 'page')
    if (!page) throw new Error('there is no window')
    const attach = { targetId: page.targetId, flatten: true }
    const { sessionId } = (await send(socket, 2, 'Target.attachToTarget', attach)) as { sessionId: string }
    const question = { expression, awaitPromise: true, returnByValue: true }
    const { result, exceptionDetails } = (await send(socket, 3, 'Runtime.evaluate', question, sessionId)) as Evaluated
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  } finally {
    socket.close()
  }
}

function send(socket: WebSocket, id: number, method: string, params: object, sessionId?: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${method}: no answer`)), limitMs)
    socket.addEventListener('message', function listen({ data }) {
      const answer = JSON.parse(String(data)) as Answer
      if (answer.id !== id) return
      clearTimeout(timer)
      socket.removeEventListener('message', listen)
      if (answer.error) reject(new Error(`${method}: ${answer.error.message}`))
      else resolve(answer.result)
    })
    socket.send(JSON.stringify({ id, method, params, sessionId }))
  })
}

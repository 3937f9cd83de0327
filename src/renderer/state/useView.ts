// Which part of a session is seen, by the address's fragment; every session starts in the workspace.
import { useEffect, useState } from 'react'

/** `#kind` or `#kind/argument`. */
export interface View {
  readonly kind: string
  readonly argument: string
}
const start: View = { kind: 'workspace', argument: '' }

function read(): View {
  const [kind = '', ...rest] = window.location.hash.slice(1).split('/')
  return { kind, argument: rest.join('/') }
}

export function useView(): View {
  const [view, setView] = useState(start)
  useEffect(() => {
    window.history.replaceState(null, '', `#${start.kind}`)
    const listen = () => setView(read())
    window.addEventListener('hashchange', listen)
    return () => window.removeEventListener('hashchange', listen)
  }, [])
  return view
}

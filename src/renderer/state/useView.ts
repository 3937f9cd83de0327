// Which part of a session is seen, by the address's fragment; every session starts in the workspace.
import { useEffect, useState } from 'react'

export type View =
  | { readonly kind: 'workspace' | 'people' | 'import' }
  | { readonly kind: 'person'; readonly personId: string }

function read(): View {
  const [kind, id] = window.location.hash.slice(1).split('/')
  if (kind === 'person' && id) return { kind, personId: id }
  return { kind: kind === 'people' || kind === 'import' ? kind : 'workspace' }
}

export function useView(): View {
  const [view, setView] = useState<View>({ kind: 'workspace' })
  useEffect(() => {
    window.history.replaceState(null, '', '#workspace')
    const listen = () => setView(read())
    window.addEventListener('hashchange', listen)
    return () => window.removeEventListener('hashchange', listen)
  }, [])
  return view
}

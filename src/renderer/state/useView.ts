// Which part of a session is seen, by the address's fragment; every session starts in the workspace.
import { useEffect, useState } from 'react'

export type View = 'workspace' | 'people'
const read = (): View => (window.location.hash === '#people' ? 'people' : 'workspace')

export function useView(): View {
  const [view, setView] = useState<View>('workspace')
  useEffect(() => {
    window.history.replaceState(null, '', '#workspace')
    const listen = () => setView(read())
    window.addEventListener('hashchange', listen)
    return () => window.removeEventListener('hashchange', listen)
  }, [])
  return view
}

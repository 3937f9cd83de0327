// The organisation's look, read anew whenever main says that it is another one.
import { useEffect, useRef, useState } from 'react'
import type { ScreenState } from '../../contracts/screen.ts'
import { applyAccents, type BrandView, logoAddress } from '../../ui/brand.ts'
import { ask } from './bridge.ts'

export function useBrand(screen: ScreenState): BrandView | null {
  const [view, setView] = useState<BrandView | null>(null)
  const known = useRef(0)
  const tells = screen.kind === 'locked' || screen.kind === 'session'
  // A screen that says nothing of it keeps what is there.
  if (tells) known.current = screen.brand ?? 0
  const revision = known.current
  useEffect(() => {
    let stale = false
    const show = (next: BrandView | null) => {
      if (stale) return
      applyAccents(next?.colours ?? null)
      setView(next)
    }
    if (revision === 0) show(null)
    else
      void ask('readBrand', {}).then((answer) => {
        if (answer?.ok)
          show(answer.look && { ...answer.look, logo: answer.logo === null ? null : logoAddress(answer.logo) })
      })
    return () => {
      stale = true
    }
  }, [revision])
  return view
}

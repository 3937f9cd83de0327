// The page as one of its views at a time: what was scanned leads from one to the next.
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BindingOffer } from '../core/binding.ts'
import { takeWelcome, type Way, type WelcomeFault } from './binding.ts'
import { hexOf } from './keys/agreement.ts'
import { type Binding, type Pending, readBinding } from './keys/store.ts'
import { type Payload, payloadOf, payloadOfFragment } from './payload.ts'
import { Ask } from './screens/Ask.tsx'
import { Bind } from './screens/Bind.tsx'
import { Card } from './screens/Card.tsx'
import { Home } from './screens/Home.tsx'
import { Problem, type ProblemKind } from './screens/Problem.tsx'
import { Scan } from './screens/Scan.tsx'

export type View =
  | { readonly kind: 'home'; readonly bound?: Binding }
  | { readonly kind: 'scan' }
  | { readonly kind: 'bind'; readonly offer: BindingOffer }
  | { readonly kind: 'welcome'; readonly pending: Pending; readonly way: Way }
  | { readonly kind: 'ask'; readonly binding: Binding; readonly challenge: Uint8Array; readonly scannedAtMs: number }
  | { readonly kind: 'problem'; readonly problem: ProblemKind }
  | { readonly kind: 'card' }

/** @param opened what the page's address carried. */
export function App({ opened }: { opened: string | null }) {
  const { t } = useTranslation()
  const [view, setView] = useState<View>({ kind: 'home' })
  const home = () => setView({ kind: 'home' })
  const problem = useCallback((kind: ProblemKind) => setView({ kind: 'problem', problem: kind }), [])

  const take = useCallback(
    async (payload: Payload): Promise<void> => {
      if (payload.kind === 'nothing') problem(payload.why)
      else if (payload.kind === 'offer') setView({ kind: 'bind', offer: payload.offer })
      else if (payload.kind === 'welcome') problem('no-offer')
      else {
        const scannedAtMs = performance.now()
        const binding = await readBinding(hexOf(payload.challenge.station))
        if (binding) setView({ kind: 'ask', binding, challenge: payload.bytes, scannedAtMs })
        else problem('unknown-station')
      }
    },
    [problem],
  )
  const taken = useCallback((payload: Payload) => void take(payload).catch(() => problem('failed')), [take, problem])

  useEffect(() => {
    if (opened !== null) taken(payloadOfFragment(opened))
  }, [opened, taken])

  async function welcomed(text: string, pending: Pending, way: Way): Promise<void> {
    const payload = payloadOf(text, location.host)
    // The code from before is still in front of the camera for a moment.
    if (payload.kind !== 'welcome') return
    const binding: Binding | WelcomeFault = await takeWelcome(pending, payload.welcome, way)
    if (typeof binding === 'string') problem(binding)
    else setView({ kind: 'home', bound: binding })
  }

  // Another page could lay itself over this one, and have somebody press a button that they don't see.
  if (window.top !== window.self) return <Problem problem="framed" />
  switch (view.kind) {
    case 'home':
      return (
        <Home bound={view.bound} onScan={() => setView({ kind: 'scan' })} onCard={() => setView({ kind: 'card' })} />
      )
    case 'scan':
      return <Scan hint={t('scanHint')} onText={(text) => taken(payloadOf(text, location.host))} onBack={home} />
    case 'bind':
      return (
        <Bind
          offer={view.offer}
          onNext={(pending, way) => setView({ kind: 'welcome', pending, way })}
          onBound={(bound) => setView({ kind: 'home', bound })}
          onBack={home}
        />
      )
    case 'welcome': {
      const { pending, way } = view
      return (
        <Scan
          hint={t('scanner.welcomeHint')}
          onText={(text) => void welcomed(text, pending, way).catch(() => problem('failed'))}
          onBack={() => setView({ kind: 'bind', offer: pending.offer })}
        />
      )
    }
    case 'ask':
      return <Ask binding={view.binding} challenge={view.challenge} scannedAtMs={view.scannedAtMs} onDone={home} />
    case 'problem':
      return <Problem problem={view.problem} onBack={home} onCard={() => setView({ kind: 'card' })} />
    case 'card':
      return <Card onBack={home} />
  }
}

// The page as one of its views at a time: what was scanned leads from one to the next.
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BindingOffer, PhonePart, Welcome } from '../core/binding.ts'
import type { ChallengePurpose } from '../core/challenge.ts'
import { readAddress } from './address.ts'
import { bytesOf } from './base64url.ts'
import { takeWelcome } from './binding.ts'
import { findListed, type Listed, listedFor } from './directory.ts'
import { refreshDirectory } from './hub.ts'
import { hexOf } from './keys/agreement.ts'
import { type Binding, type Pending, readBinding, readBindings, readPending } from './keys/store.ts'
import { type Payload, payloadOf, payloadOfFragment } from './payload.ts'
import { Ask } from './screens/Ask.tsx'
import { Bind } from './screens/Bind.tsx'
import { Card } from './screens/Card.tsx'
import { Home } from './screens/Home.tsx'
import { Problem, type ProblemKind } from './screens/Problem.tsx'
import { Scan } from './screens/Scan.tsx'
import { Vouch } from './screens/Vouch.tsx'
import { bindingsToVouchBy } from './vouch.ts'

type View =
  | { readonly kind: 'home'; readonly bound?: Binding }
  | { readonly kind: 'scan' }
  | { readonly kind: 'bind'; readonly offer: BindingOffer; readonly replaces: Binding | null }
  | { readonly kind: 'welcome'; readonly pending: Pending; readonly replaces: Binding | null }
  | {
      readonly kind: 'ask'
      readonly binding: Binding
      /** The workstation's agreement key, where it is not the binding's own workstation. */
      readonly away: Uint8Array | null
      readonly challenge: Uint8Array
      readonly purpose: ChallengePurpose
      readonly scannedAtMs: number
    }
  | { readonly kind: 'vouch'; readonly part: PhonePart; readonly bindings: readonly Binding[] }
  | { readonly kind: 'problem'; readonly problem: ProblemKind }
  | { readonly kind: 'card' }

/** @param opened what the page's address carried. */
export function App({ opened }: { opened: string | null }) {
  const { t } = useTranslation()
  const [view, setView] = useState<View>({ kind: 'home' })
  const home = () => setView({ kind: 'home' })
  const problem = useCallback((kind: ProblemKind) => setView({ kind: 'problem', problem: kind }), [])
  const taken = useCallback(
    (payload: Payload) =>
      void viewOf(payload).then(setView, (error: unknown) => {
        // Said in general words: what a browser says of its storage helps nobody here.
        console.error(error)
        problem('failed')
      }),
    [problem],
  )

  useEffect(() => {
    if (opened !== null) taken(payloadOfFragment(opened))
  }, [opened, taken])
  useEffect(() => {
    // A browser that keeps nothing says so on the first view.
    void refreshDirectories().catch(() => undefined)
  }, [])
  useEffect(() => {
    // A camera app may open a page that is open already; the address is cleared there as at the start.
    const look = () => {
      const fragment = readAddress()
      if (fragment !== null) taken(payloadOfFragment(fragment))
    }
    addEventListener('hashchange', look)
    // One that came while the words were read, after the address was looked at and before anybody listened.
    look()
    return () => removeEventListener('hashchange', look)
  }, [taken])

  switch (view.kind) {
    case 'home':
      return (
        <Home
          // A welcome that the phone's own camera opened comes while the list is there already.
          key={view.bound?.boundAtMs}
          bound={view.bound}
          onScan={() => setView({ kind: 'scan' })}
          onCard={() => setView({ kind: 'card' })}
        />
      )
    case 'scan':
      return <Scan hint={t('scanHint')} onText={(text) => taken(payloadOf(text, location.host))} onBack={home} />
    case 'bind':
      return (
        <Bind
          // Another offer begins anew.
          key={hexOf(view.offer.offer)}
          offer={view.offer}
          replaces={view.replaces}
          onNext={(pending) => setView({ kind: 'welcome', pending, replaces: view.replaces })}
          onBound={(bound) => setView({ kind: 'home', bound })}
          onBack={home}
        />
      )
    case 'welcome': {
      const { pending, replaces } = view
      return (
        <Scan
          hint={t('scanner.welcomeHint')}
          onText={(text) => {
            const payload = payloadOf(text, location.host)
            // The code from before is still in front of the camera for a moment.
            if (payload.kind === 'welcome')
              void welcomed(pending, payload.welcome).then(setView, () => problem('failed'))
          }}
          onBack={() => setView({ kind: 'bind', offer: pending.offer, replaces })}
        />
      )
    }
    case 'ask':
      return (
        <Ask
          // Another challenge is another question: nothing of the last answer stays.
          key={view.scannedAtMs}
          binding={view.binding}
          away={view.away}
          challenge={view.challenge}
          purpose={view.purpose}
          scannedAtMs={view.scannedAtMs}
          onScan={() => setView({ kind: 'scan' })}
          onDone={home}
        />
      )
    case 'vouch':
      return <Vouch key={hexOf(view.part.signature)} part={view.part} bindings={view.bindings} onDone={home} />
    case 'problem':
      return <Problem problem={view.problem} onBack={home} onCard={() => setView({ kind: 'card' })} />
    case 'card':
      return <Card onBack={home} />
  }
}

async function viewOf(payload: Payload): Promise<View> {
  const problem = (kind: ProblemKind): View => ({ kind: 'problem', problem: kind })
  switch (payload.kind) {
    case 'nothing':
      return problem(payload.why)
    case 'offer':
      return {
        kind: 'bind',
        offer: payload.offer,
        replaces: (await readBinding(hexOf(payload.offer.station))) ?? null,
      }
    case 'welcome': {
      const pending = await readPending(hexOf(payload.welcome.offer))
      return pending ? welcomed(pending, payload.welcome) : problem('no-offer')
    }
    case 'part': {
      const bindings = await bindingsToVouchBy()
      return bindings.length === 0 ? problem('no-vouch') : { kind: 'vouch', part: payload.part, bindings }
    }
    case 'challenge': {
      const scannedAtMs = performance.now()
      const found = await workstationOf(hexOf(payload.challenge.station))
      if (found === 'removed') return problem('removed-station')
      if (found)
        return { kind: 'ask', ...found, challenge: payload.bytes, purpose: payload.challenge.purpose, scannedAtMs }
      // On an iPhone the browser and the installed page keep their keys apart: this may be the one that has none.
      return problem((await readBindings()).length === 0 ? 'no-binding' : 'unknown-station')
    }
  }
}

/** By its own binding, or by the directory of an organisation that the phone is bound in: its name and place are the newest known. */
async function workstationOf(
  number: string,
): Promise<{ binding: Binding; away: Uint8Array | null } | 'removed' | null> {
  const own = await readBinding(number)
  const listed = own ? await listedFor(own, number) : ((await findListed(number)) ?? (await lookUp(number)))
  if (listed?.station.status === 'removed') return 'removed'
  if (!listed) return own ? { binding: own, away: null } : null
  const { station, binding } = listed
  const shown = { ...binding, station: number, name: station.name, location: station.location }
  return { binding: shown, away: own ? null : bytesOf(station.key) }
}

/** One that joined since the directory was read. */
async function lookUp(number: string): Promise<Listed | null> {
  await refreshDirectories()
  return findListed(number)
}

async function refreshDirectories(): Promise<void> {
  for (const binding of await readBindings()) await refreshDirectory(binding)
}

async function welcomed(pending: Pending, welcome: Welcome): Promise<View> {
  const binding = await takeWelcome(pending, welcome)
  return typeof binding === 'string' ? { kind: 'problem', problem: binding } : { kind: 'home', bound: binding }
}

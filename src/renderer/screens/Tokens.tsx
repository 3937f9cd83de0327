// IT's provisioning tokens: what each may do, until when, and its end. They are made on the command line.
import { useTranslation } from 'react-i18next'
import type { TokenRow } from '../../contracts/commands/tokens.ts'
import { Said } from '../../ui/Said.tsx'
import { dayAndTime, useNow, wholeTime } from '../../ui/time.ts'
import { ask } from '../state/bridge.ts'
import { useChanges } from '../state/useChanges.ts'
import { useTokens } from '../state/useTokens.ts'
import { StepUp } from './StepUp.tsx'
import { WithReason } from './WithReason.tsx'

export function Tokens() {
  const { t } = useTranslation()
  const { tokens, failed, read } = useTokens()
  const changes = useChanges()
  const revoke = (tokenId: string) => (reason: string) =>
    changes.change(
      () => ask('revokeToken', { tokenId, reason }),
      () => void read(),
    )
  return (
    <section className="panel person" aria-labelledby="tokens">
      <h3 id="tokens">{t('tokens.heading')}</h3>
      <p>{t('tokens.lead')}</p>
      {changes.waiting && <StepUp changes={changes} />}
      <Said label={t('tokens.heading')} tone="look" text={failed ? t('didNotWork') : changes.said} />
      {tokens === null && !failed && <p className="waiting">{t('people.loading')}</p>}
      {tokens?.length === 0 && (
        <div className="empty">
          <p className="lead">{t('tokens.empty')}</p>
          <p>{t('tokens.emptyNext')}</p>
        </div>
      )}
      {tokens && tokens.length > 0 && (
        <ul aria-label={t('tokens.heading')}>
          {tokens.map((token) => (
            <Token key={token.id} token={token} onRevoke={revoke(token.id)} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Token({ token, onRevoke }: { token: TokenRow; onRevoke: (reason: string) => Promise<void> }) {
  const { t } = useTranslation()
  const now = useNow()
  const { name, scopes, madeBy, expiresAtMs, lastUsedAtMs, state } = token
  const may = scopes.map((scope) => t(`tokens.scope.${scopeKey(scope)}`)).join(', ')
  const used =
    lastUsedAtMs === null ? t('tokens.neverUsed') : t('tokens.lastUsed', { time: dayAndTime(lastUsedAtMs, now) })
  const until = t('tokens.until', { time: wholeTime(expiresAtMs) })
  return (
    <li className="row">
      <i className="dot" data-tone={state === 'works' ? 'in' : 'look'} />
      <span>
        {name}: {may}
        <small>{[t(`tokens.state.${state}`), until, t('tokens.madeBy', { name: madeBy }), used].join(' · ')}</small>
      </span>
      {state !== 'revoked' && <WithReason name={t('tokens.revoke')} ends={t('tokens.ends')} onConfirm={onRevoke} />}
    </li>
  )
}

/** i18next takes a dot for a step into a group. */
type ScopeKey<S extends string> = S extends `${infer Area}.${infer Act}` ? `${Area}-${Act}` : never
const scopeKey = (scope: TokenRow['scopes'][number]) => scope.replace('.', '-') as ScopeKey<typeof scope>

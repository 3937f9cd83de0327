// The person's own last sign-ins, so that they see one that was not theirs.
import { CircleCheck, History, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { SessionScreen } from '../../contracts/screen.ts'
import { reasonWords } from '../../ui/messages/kinds.ts'
import { dayAndTime } from '../../ui/time.ts'
import { NotMe } from './NotMe.tsx'

type SignIn = SessionScreen['lastSignIns'][number]

export function SignIns({ signIns, now }: { signIns: readonly SignIn[]; now: number }) {
  const { t } = useTranslation()
  const lasted = (ms: number | null) => {
    if (ms === null) return ''
    const count = Math.floor(ms / 60_000)
    return count < 1 ? t('session.underMinute') : t('session.minutes', { count })
  }
  return (
    <div className="panel">
      <h3>
        <History aria-hidden="true" />
        {t('session.signIns')}
      </h3>
      {signIns.length === 0 && <p>{t('session.noSignIns')}</p>}
      <ul aria-label={t('session.signIns')} hidden={signIns.length === 0}>
        {signIns.map((one) => (
          <li className="row" key={one.number}>
            {one.accepted ? (
              <CircleCheck aria-hidden="true" data-tone="in" />
            ) : (
              <TriangleAlert aria-hidden="true" data-tone="look" />
            )}
            <span>
              {dayAndTime(one.atMs, now)}
              <small>
                {t(one.accepted ? 'session.accepted' : 'session.refused')}, {t(`session.method.${one.method}`)}
                {one.reason !== null && `, ${reasonWords(one.reason, t)}`}
              </small>
            </span>
            <small>{lasted(one.durationMs)}</small>
          </li>
        ))}
      </ul>
      {signIns.length > 0 && <NotMe signIns={signIns} now={now} />}
    </div>
  )
}

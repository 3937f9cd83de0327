// The codes of new phones: what authenticator apps are told, and which of them would get it wrong.
import { TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { PolicyDocument } from '../../../contracts/policy.ts'
import { defaultTotp } from '../../../core/otp.ts'
import { Choice } from './Choice.tsx'

type Totp = PolicyDocument['totp']
const same = (each: string | number) => ({ value: String(each), label: String(each) })

export function CodesForm({ totp, onChange }: { totp: Totp; onChange: (totp: Totp) => void }) {
  const { t } = useTranslation()
  const unusual =
    totp.algorithm !== defaultTotp.algorithm ||
    totp.digits !== defaultTotp.digits ||
    totp.periodSeconds !== defaultTotp.periodSeconds
  return (
    <section className="panel">
      <h3>{t('policy.codes')}</h3>
      <p>{t('policy.codesHelp')}</p>
      <div className="trio">
        <Choice
          label={t('policy.algorithm')}
          value={totp.algorithm}
          options={['SHA1', 'SHA256', 'SHA512'].map(same)}
          onChange={(algorithm) => onChange({ ...totp, algorithm: algorithm as Totp['algorithm'] })}
        />
        <Choice
          label={t('policy.digits')}
          value={String(totp.digits)}
          options={[6, 8].map(same)}
          onChange={(digits) => onChange({ ...totp, digits: digits === '8' ? 8 : 6 })}
        />
        <Choice
          label={t('policy.period')}
          value={String(totp.periodSeconds)}
          options={[30, 60].map(same)}
          onChange={(seconds) => onChange({ ...totp, periodSeconds: seconds === '60' ? 60 : 30 })}
        />
      </div>
      {unusual && (
        <p className="notice" data-tone="look">
          <TriangleAlert aria-hidden="true" />
          {t('policy.finding.apps-ignore-codes')}
        </p>
      )}
    </section>
  )
}

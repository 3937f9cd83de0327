// All fields of a policy, section by section.
import { type FormEvent, useEffect, useRef } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { type Draft, type DraftRule, draftRule, type Setting, type Wrong } from '../../state/policyDraft.ts'
import { ApprovalsForm } from './ApprovalsForm.tsx'
import { CodesForm } from './CodesForm.tsx'
import { GrantsTable } from './GrantsTable.tsx'
import { RuleForm } from './RuleForm.tsx'
import { SettingField } from './SettingField.tsx'

interface PolicyFormProps {
  draft: Draft
  group: string | null
  wrong: Wrong
  onChange: (draft: Draft) => void
  onReview: () => void
}

export function PolicyForm({ draft, group, wrong, onChange, onReview }: PolicyFormProps) {
  const { t } = useTranslation()
  const { settings, rules } = draft
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (Object.keys(wrong).length > 0) form.current?.querySelector<HTMLElement>('input[data-invalid]')?.focus()
  }, [wrong])
  const change = (parts: Partial<Draft>) => onChange({ ...draft, ...parts })
  const setRules = (next: readonly DraftRule[]) => change({ rules: next })

  function add(): void {
    const key = Math.max(-1, ...rules.map((rule) => rule.key)) + 1
    setRules([...rules, draftRule({ name: '', when: {}, set: {} }, key)])
  }
  function move(place: number, by: -1 | 1): void {
    const moved = rules[place]
    if (moved) setRules(rules.toSpliced(place, 1).toSpliced(place + by, 0, moved))
  }
  function submit(event: FormEvent): void {
    event.preventDefault()
    onReview()
  }

  return (
    <form ref={form} className="policy-form" onSubmit={submit} noValidate>
      <section className="panel">
        <h3>{t('policy.settings')}</h3>
        <p>{t('policy.settingsHelp')}</p>
        <div className="trio">
          {(Object.keys(settings) as Setting[]).map((name) => (
            <SettingField
              key={name}
              name={name}
              value={settings[name]}
              wrong={wrong[`settings.${name}`]}
              onChange={(value) => change({ settings: { ...settings, [name]: value } })}
            />
          ))}
        </div>
      </section>
      <section className="panel">
        <h3>{t('policy.rules')}</h3>
        <p>{t(rules.length > 0 ? 'policy.rulesHelp' : 'policy.noRules')}</p>
        <ol className="rule-forms" aria-label={t('policy.rules')} hidden={rules.length === 0}>
          {rules.map((rule, place) => (
            <RuleForm
              key={rule.key}
              rule={rule}
              place={place}
              last={place === rules.length - 1}
              group={group}
              wrong={wrong}
              onChange={(next) => setRules(rules.with(place, next))}
              onMove={(by) => move(place, by)}
              onRemove={() => setRules(rules.toSpliced(place, 1))}
            />
          ))}
        </ol>
        <div className="actions">
          <Button className="button" isDisabled={rules.length >= 100} onPress={add}>
            {t('policy.rule.add')}
          </Button>
        </div>
      </section>
      <section className="panel">
        <h3>{t('policy.grants')}</h3>
        <GrantsTable draft={draft} wrong={wrong} onChange={change} />
      </section>
      <ApprovalsForm chosen={draft.approvals} onChange={(approvals) => change({ approvals })} />
      <CodesForm totp={draft.totp} onChange={(totp) => change({ totp })} />
      {Object.keys(wrong).length > 0 && (
        <p className="error" role="alert">
          {t('policy.wrong.some')}
        </p>
      )}
      <div className="actions">
        <Button className="button go" type="submit">
          {t('policy.review')}
        </Button>
        <a className="button" href="#policy">
          {t('policy.discard')}
        </a>
      </div>
    </form>
  )
}

// What a rule sets: the settings it has, each with its field, and one more.
import { X } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { defaultValues } from '../../state/policyDefaults.ts'
import type { DraftRule, Setting, Wrong } from '../../state/policyDraft.ts'
import { Choice } from './Choice.tsx'
import { SettingField } from './SettingField.tsx'

interface RuleSetsProps {
  rule: DraftRule
  wrong: Wrong
  onChange: (set: DraftRule['set']) => void
}

export function RuleSets({ rule, wrong, onChange }: RuleSetsProps) {
  const { t } = useTranslation()
  const all = Object.keys(defaultValues) as Setting[]
  const chosen = all.filter((name) => rule.set[name] !== undefined)
  const free = all.filter((name) => rule.set[name] === undefined)
  const drop = (name: Setting) => {
    const { [name]: _, ...rest } = rule.set
    onChange(rest)
  }
  return (
    <fieldset className="sets">
      <legend>{t('policy.rule.sets')}</legend>
      {chosen.map((name) => (
        <div className="set" key={name}>
          <SettingField
            name={name}
            value={rule.set[name] ?? ''}
            wrong={wrong[`rules.${rule.key}.set.${name}`]}
            onChange={(value) => onChange({ ...rule.set, [name]: value })}
          />
          <Button
            className="button icon"
            aria-label={t('policy.rule.dropSetting', { name: t(`policy.setting.${name}`) })}
            onPress={() => drop(name)}
          >
            <X aria-hidden="true" />
          </Button>
        </div>
      ))}
      {free.length > 0 && (
        <Choice
          label={t('policy.rule.addSetting')}
          value=""
          options={[
            { value: '', label: t('policy.rule.choose') },
            ...free.map((name) => ({ value: name, label: t(`policy.setting.${name}`) })),
          ]}
          onChange={(name) => name !== '' && onChange({ ...rule.set, [name]: defaultValues[name as Setting] })}
        />
      )}
    </fieldset>
  )
}

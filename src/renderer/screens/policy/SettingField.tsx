// The field for one setting: a number in its unit, on or off, or one of a few choices.
import { useTranslation } from 'react-i18next'
import { Field } from '../../../ui/Field.tsx'
import { boundsOf, isNumber, isSwitch, type Setting, unitMs, type Wrong } from '../../state/policyDraft.ts'
import { Choice } from './Choice.tsx'

interface SettingFieldProps {
  name: Setting
  value: string
  wrong: Wrong[string] | undefined
  onChange: (value: string) => void
}

/** Of each setting that is neither a number nor a switch, in the order of their strength. */
const choices = {
  firstSignIn: ['administrator', 'ticket'],
  factors: ['code', 'code-and-pin', 'phone', 'verified-phone'],
  phoneAnswers: ['any', 'shown-or-sent', 'shown'],
  phoneLocation: ['optional', 'required'],
} as const

export function SettingField({ name, value, wrong, onChange }: SettingFieldProps) {
  const { t } = useTranslation()
  const label = t(`policy.setting.${name}`)
  if (isSwitch(name)) {
    const options = ['true', 'false'].map((each) => ({
      value: each,
      label: t(each === 'true' ? 'policy.on' : 'policy.off'),
    }))
    return <Choice label={label} value={value} options={options} onChange={onChange} />
  }
  if (!isNumber(name)) {
    const options = choices[name].map((each) => ({ value: each, label: t(`policy.factor.${each}`) }))
    return <Choice label={label} value={value} options={options} onChange={onChange} />
  }
  const unit = unitMs(name)
  const named = unit === 1 ? label : t(unit === 1000 ? 'policy.inSeconds' : 'policy.inMinutes', { name: label })
  return (
    <Field
      label={named}
      value={value}
      onChange={onChange}
      inputMode="numeric"
      maxLength={8}
      help={t('policy.between', boundsOf(name))}
      error={wrong && t(`policy.wrong.${wrong.key}`, { least: wrong.least, most: wrong.most })}
    />
  )
}

// People from a CSV file: what would happen is seen before anybody is added.
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contracts/ipc.ts'
import { Said } from '../../ui/Said.tsx'
import { grouped } from '../../ui/time.ts'
import { ask } from '../state/bridge.ts'
import { useChanges } from '../state/useChanges.ts'
import { StepUp } from './StepUp.tsx'

type Preview = Extract<Output<'previewImport'>, { ok: true }>

export function ImportPeople() {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [preview, setPreview] = useState<Preview | null>(null)
  const [failed, setFailed] = useState('')
  const changes = useChanges()

  async function choose(file: File | undefined): Promise<void> {
    setPreview(null)
    setFailed('')
    if (!file) return
    const read = await file.text()
    const answer = await ask('previewImport', { text: read })
    if (!answer?.ok) return setFailed(t('administration.import.unreadable'))
    setText(read)
    setPreview(answer)
  }
  const importAll = () =>
    changes.change(
      () => ask('importPeople', { text }),
      () => {
        window.location.hash = '#people'
      },
    )

  const ready = preview !== null && preview.problemCount === 0 && preview.count > 0
  return (
    <div className="people">
      <a className="back" href="#people">
        {t('people.heading')}
      </a>
      <h2 className="title">{t('administration.import.heading')}</h2>
      <div className="panel">
        <p>{t('administration.import.how')}</p>
        <pre>staff_id,name,roles{'\n'}N2044,Bola Adeyemi,staff</pre>
        <label className="field file">
          {t('administration.import.file')}
          <input
            type="file"
            accept=".csv,text/csv"
            onClick={(event) => {
              event.currentTarget.value = ''
            }}
            onChange={(event) => void choose(event.currentTarget.files?.[0])}
          />
        </label>
      </div>
      {changes.waiting && <StepUp changes={changes} />}
      <Said label={t('lock.what')} tone="look" text={failed || changes.said} />
      {preview && preview.problemCount > 0 && <Problems preview={preview} />}
      {preview && preview.problemCount === 0 && <Sample preview={preview} />}
      {ready && (
        <div className="actions">
          <Button className="button go" onPress={() => void importAll()}>
            {t('administration.import.now', { count: preview.count, shown: grouped(preview.count) })}
          </Button>
        </div>
      )}
    </div>
  )
}

function Problems({ preview }: { preview: Preview }) {
  const { t } = useTranslation()
  return (
    <div className="panel">
      <p className="next">{t('administration.import.problems', { count: preview.problemCount })}</p>
      <ul aria-label={t('administration.import.problemList')}>
        {preview.problems.map((one) => (
          <li className="row" key={`${one.line} ${one.problem}`}>
            <b>{t('administration.import.line', { line: one.line })}</b>
            <span>
              {t(`administration.import.problem.${one.problem}`)}
              {one.other !== undefined && ` (${t('administration.import.line', { line: one.other })})`}
              {one.text !== undefined && <small>{one.text}</small>}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Sample({ preview }: { preview: Preview }) {
  const { t } = useTranslation()
  const rest = preview.count - preview.sample.length
  return (
    <div className="panel">
      <p className="next">
        {t('administration.import.ready', { count: preview.count, shown: grouped(preview.count) })}
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('people.person')}</th>
            <th scope="col">{t('people.roles')}</th>
          </tr>
        </thead>
        <tbody>
          {preview.sample.map((person) => (
            <tr key={person.staffId}>
              <td>
                {person.displayName}
                <small>
                  {person.staffId}
                  {person.status !== 'active' && ` · ${t(`people.statusName.${person.status}`)}`}
                </small>
              </td>
              <td>{person.roles.map((role) => t(`people.roleName.${role}`)).join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rest > 0 && <p>{t('administration.import.more', { count: rest, shown: grouped(rest) })}</p>}
    </div>
  )
}

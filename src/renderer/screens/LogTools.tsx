// Verifying the whole log, and taking a copy of it out: begun by a button, with progress, and stopped by another.
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Said } from '../../ui/Said.tsx'
import { grouped } from '../../ui/time.ts'
import { ask } from '../state/bridge.ts'
import { useChanges } from '../state/useChanges.ts'
import { useLogWork } from '../state/useLogWork.ts'
import { LogAnswer } from './LogAnswer.tsx'
import { StepUp } from './StepUp.tsx'

const formats = ['jsonl', 'csv'] as const

export function LogTools() {
  const { t } = useTranslation()
  const { work, isRunning, read, verify, cancel } = useLogWork()
  const changes = useChanges(['no-file'])
  const take = (format: (typeof formats)[number]) =>
    changes.change(
      () => ask('exportLog', { format }),
      () => void read(),
    )
  return (
    <section className="panel tools" aria-label={t('audit.tools')}>
      {!isRunning && (
        <div className="actions">
          <Button className="button go" onPress={() => void verify()}>
            {t('audit.verify')}
          </Button>
          {formats.map((format) => (
            <Button className="button" key={format} onPress={() => void take(format)}>
              {t(`audit.export.${format}`)}
            </Button>
          ))}
        </div>
      )}
      {changes.waiting && <StepUp changes={changes} />}
      <Said label={t('lock.what')} tone="look" text={changes.said} />
      {work && isRunning && (
        <div className="row">
          <label className="log-progress">
            {t(`audit.running.${work.kind}`)}
            <progress value={work.events} max={Math.max(work.total, 1)} />
          </label>
          <span>{t('audit.progress', { done: grouped(work.events), total: grouped(work.total) })}</span>
          <Button className="button" onPress={() => void cancel()}>
            {t('cancel')}
          </Button>
        </div>
      )}
      <LogAnswer work={work} />
    </section>
  )
}

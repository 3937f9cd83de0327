// What came of verifying or copying the log, in the words of the command line.
import { useTranslation } from 'react-i18next'
import type { LogWorkView } from '../../contracts/commands/audit.ts'
import { Said, type Tone } from '../../ui/Said.tsx'
import { grouped } from '../../ui/time.ts'

export function LogAnswer({ work }: { work: LogWorkView | null }) {
  const { t } = useTranslation()
  const finding = work?.state === 'done' ? work.finding : null
  const events = { count: work?.events ?? 0, shown: grouped(work?.events ?? 0) }

  function answer(): [Tone, string] {
    if (!work || work.state === 'running') return ['calm', '']
    if (work.state === 'cancelled') return ['calm', t('audit.cancelled')]
    if (work.state === 'failed') return ['stop', t('audit.workFailed')]
    if (work.kind === 'export')
      return [
        'in',
        t('audit.written', {
          file: work.file ?? '',
          events: t('audit.total', { count: events.count, shown: events.shown }),
        }),
      ]
    if (!work.finding) return ['in', t('audit.complete', { count: events.count, shown: events.shown })]
    return ['stop', found(work.finding)]
  }
  function found({ kind, event, known, row, problem }: NonNullable<LogWorkView['finding']>): string {
    const values = { event: grouped(event ?? 0), known: grouped(known ?? 0), row: row ?? '' }
    switch (kind) {
      case 'event':
        return t('audit.finding.event', {
          event: values.event,
          problem: t(`audit.problem.${problem?.replaceAll(' ', '-')}`),
        })
      case 'cut':
        return t('audit.finding.cut', values)
      case 'rewritten':
        return t('audit.finding.rewritten', values)
      case 'row':
        return t('audit.finding.row', values)
      case 'index':
        return t('audit.finding.index')
    }
  }

  const [tone, text] = answer()
  const verified = work?.state === 'done' && work.kind === 'verify'
  return (
    <>
      <Said label={t('audit.answer')} tone={tone} text={text} />
      {verified && !finding && <p>{t(work.anchored ? 'audit.anchored' : 'audit.unanchored')}</p>}
      {finding && <p>{t('audit.finding.next')}</p>}
    </>
  )
}

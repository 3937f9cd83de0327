// The camera's picture, mirrored, for as long as somebody holds a phone to it; the permission is opened and closed with it.
import { VideoOff } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { CameraUse } from '../../contracts/commands/camera.ts'
import { useScanner } from '../../ui/scanner/useScanner.ts'
import { ask } from '../state/bridge.ts'

/** A picture that nobody holds anything to goes away. */
const closesAfterMs = 60_000
const sameAfterMs = 4_000

interface CameraPanelProps {
  use?: CameraUse
  onRead: (text: string) => void
  onClose: () => void
}

export function CameraPanel({ use = 'phone', onRead, onClose }: CameraPanelProps) {
  const wanted = useRef(use)
  const [open, setOpen] = useState<boolean | null>(null)
  const close = useRef(onClose)
  close.current = onClose
  useEffect(() => {
    void ask('openCamera', { use: wanted.current }).then((answer) => setOpen(answer?.ok === true))
    const timer = setTimeout(() => close.current(), closesAfterMs)
    return () => {
      clearTimeout(timer)
      void ask('closeCamera', {})
    }
  }, [])
  return (
    <Frame onClose={onClose}>{open === true ? <Picture onRead={onRead} /> : <Words waiting={open === null} />}</Frame>
  )
}

function Frame({ onClose, children }: { onClose: () => void; children: React.ReactNode }) {
  const { t } = useTranslation()
  return (
    <section className="camera" aria-label={t('scan.camera.name')}>
      {children}
      <Button className="button" autoFocus onPress={onClose}>
        <VideoOff aria-hidden="true" />
        {t('scan.camera.close')}
      </Button>
    </section>
  )
}

function Words({ waiting }: { waiting: boolean }) {
  const { t } = useTranslation()
  return <p role="status">{t(waiting ? 'scan.camera.starting' : 'scan.camera.not-allowed')}</p>
}

function Picture({ onRead }: { onRead: (text: string) => void }) {
  const { t } = useTranslation()
  const last = useRef({ text: '', atMs: Number.NEGATIVE_INFINITY })
  const { state, video } = useScanner('user', (text) => {
    const nowMs = performance.now()
    // The same code is seen again and again: what was said of it has to be read first.
    if (text === last.current.text && nowMs - last.current.atMs < sameAfterMs) return
    last.current = { text, atMs: nowMs }
    onRead(text)
  })
  return (
    <>
      <video ref={video} aria-label={t('scan.camera.picture')} muted playsInline hidden={state !== 'reading'} />
      <p role="status">{t(`scan.camera.${state}`)}</p>
    </>
  )
}

// Whether this computer has a camera at all, which may be plugged in and out; its name is not asked for.
import { useEffect, useState } from 'react'

export function useHasCamera(): boolean {
  const [has, setHas] = useState(false)
  useEffect(() => {
    const { mediaDevices } = navigator
    let over = false
    const look = () =>
      void mediaDevices.enumerateDevices().then(
        (devices) => {
          if (!over) setHas(devices.some(({ kind }) => kind === 'videoinput'))
        },
        () => setHas(false),
      )
    look()
    mediaDevices.addEventListener('devicechange', look)
    return () => {
      over = true
      mediaDevices.removeEventListener('devicechange', look)
    }
  }, [])
  return has
}

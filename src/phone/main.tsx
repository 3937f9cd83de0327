// Starts the page: words, styles, the service worker, then the screens.
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../ui/tokens.css'
import './phone.css'
import { App } from './App.tsx'
import { readAddress } from './address.ts'
import { startWords } from './messages.ts'
import { Problem } from './screens/Problem.tsx'

// Before anything else: what the code said stays neither in the address nor in the history.
const opened = readAddress()
// Another page could lay itself over this one, and have somebody press a button that they don't see.
const framed = window.top !== window.self

void startWords().finally(() => {
  const root = document.getElementById('root')
  if (root)
    createRoot(root).render(<StrictMode>{framed ? <Problem problem="framed" /> : <App opened={opened} />}</StrictMode>)
})

if (import.meta.env.PROD && 'serviceWorker' in navigator && !framed)
  void navigator.serviceWorker.register('./service-worker.js', { scope: './' })

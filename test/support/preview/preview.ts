import adminTexts from '../../../renderer/locales/en-admin.json'
import AdminApp from '../../../renderer/windows/admin/App.vue'
import { createWindow } from '../../../renderer/windows/create-window.ts'
import MainApp from '../../../renderer/windows/main/App.vue'
import PopupApp from '../../../renderer/windows/popup/App.vue'
import { scenes } from './scenes.ts'

/** Shows one scene: `?scene=busy&theme=dark`. */
async function show(): Promise<void> {
  const query = new URLSearchParams(location.search)
  const name = query.get('scene') ?? 'quiet'
  const scene = scenes[name]
  if (!scene)
    throw new Error(`No scene "${name}"; there are ${Object.keys(scenes).join(', ')}`)
  // What another scene was left at must not be seen here.
  localStorage.clear()
  const bridge = scene.bridge()
  const theme = query.get('theme')
  if (theme === 'light' || theme === 'dark')
    await bridge.invoke('preferences.set', { theme })
  if (name.startsWith('admin'))
    createWindow(AdminApp, bridge, { texts: adminTexts }).mount('#app')
  else
    createWindow(name.startsWith('popup') ? PopupApp : MainApp, bridge).mount('#app')
  for (const step of scene.steps ?? []) {
    await settle()
    if (typeof step === 'string' && step.startsWith('!'))
      pick(step.slice(1))
    else if (typeof step === 'string')
      press(step)
    else
      type(...step)
  }
  await settle()
  document.title = 'ready'
}

const settle = (): Promise<void> => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(() => resolve())))

function press(label: string): void {
  const buttons = [...document.querySelectorAll<HTMLElement>('button, summary, label')]
  const button = buttons.find(each => each.checkVisibility() && (each.getAttribute('aria-label') ?? textOf(each)).trim().startsWith(label))
  if (!button)
    throw new Error(`Nothing to press is called "${label}"`)
  button.click()
}

/** Without what is only for the eye, such as counts. */
const textOf = (element: Element): string => [...element.childNodes].filter(node => !(node instanceof Element && node.matches('[aria-hidden="true"]'))).map(node => node.textContent).join('')

/** Rows have no name of their own. */
function pick(selector: string): void {
  const place = document.querySelector<HTMLElement>(selector)
  if (!place)
    throw new Error(`Nothing is at "${selector}"`)
  place.click()
}

function type(label: string, text: string): void {
  const labels = [...document.querySelectorAll('label')]
  const field = labels.find(each => each.firstChild?.textContent?.trim() === label)?.control ?? document.querySelector(`[aria-label="${label}"]`)
  if (!(field instanceof HTMLInputElement))
    throw new TypeError(`No field is called "${label}"`)
  field.value = text
  field.dispatchEvent(new Event('input'))
}

void show().catch((error: unknown) => {
  document.body.textContent = String(error)
  document.title = 'failed'
})

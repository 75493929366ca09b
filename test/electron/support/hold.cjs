// Holds the program until Playwright has attached, which is what it asks for by `__playwright_run()`: a window that opens while it
// attaches makes it wait for ever. Its own loader would also change a dozen switches of the program under test.
const { app } = require('electron')

const ready = app.whenReady()
const emit = app.emit.bind(app)
let held = null
app.emit = (event, ...parameters) => {
  if (event !== 'ready')
    return emit(event, ...parameters)
  held = parameters
  return true
}
let isReady = false
const attached = new Promise((resolve) => {
  globalThis.__playwright_run = async () => {
    await ready
    isReady = true
    resolve()
    emit('ready', ...held ?? [])
  }
})
app.isReady = () => isReady
app.whenReady = () => attached

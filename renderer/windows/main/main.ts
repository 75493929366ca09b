import { readFirstLook } from '#contract/first-look.ts'
import { createWindow } from '../create-window.ts'
import App from './App.vue'

createWindow(App, window.bridge, { firstLook: readFirstLook(location.hash) }).mount('#app')
// For a start only: a page that is started again asks main, which knows better by then.
history.replaceState(null, '', location.pathname)

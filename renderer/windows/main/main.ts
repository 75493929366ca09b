import { createWindow } from '../create-window.ts'
import App from './App.vue'

createWindow(App, window.bridge).mount('#app')

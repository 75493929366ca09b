import texts from '../../locales/en-admin.json'
import { createWindow } from '../create-window.ts'
import App from './App.vue'

createWindow(App, window.bridge, { texts }).mount('#app')

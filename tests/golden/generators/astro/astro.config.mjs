import { defineConfig } from 'astro/config'
import mdx from '@astrojs/mdx'

// https://astro.build/config
export default defineConfig({
  site: 'https://harbour.example.net',
  base: '/',
  integrations: [mdx(), sitemap({ filter: (page) => page !== 'x' })],
  i18n: { defaultLocale: 'en', locales: ['en', 'fr'] },
})

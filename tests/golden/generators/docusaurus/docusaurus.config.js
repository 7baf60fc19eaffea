// @ts-check
const config = {
  title: 'Harbour Notes',
  tagline: 'Tides and knots',
  url: 'https://harbour.example.net',
  baseUrl: '/',
  i18n: { defaultLocale: 'en', locales: ['en', 'fr'] },
  presets: [
    ['classic', /** @type {import('x').Options} */ ({
      docs: { sidebarPath: require.resolve('./sidebars.js') },
      blog: { routeBasePath: 'news', showReadingTime: true },
    })],
  ],
}
module.exports = config

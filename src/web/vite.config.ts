import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Run from this folder (it is Vite's root); the server serves what lands in dist/web.
export default defineConfig({
  plugins: [react()],
  // Copied as they are; `public` is a folder of sources here.
  publicDir: 'static',
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    // Inlined data: addresses would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
});

import { createBrowserRouter } from 'react-router';
import { NotFound, Oops } from '../ui/Outcome.tsx';
import { CampaignShell } from './shell/CampaignShell.tsx';
import { Home } from './shell/Home.tsx';

/** Pages of the office; each is loaded when it is first opened. */
export const router = createBrowserRouter([
  {
    errorElement: (
      <main>
        <Oops />
      </main>
    ),
    hydrateFallbackElement: <main />,
    children: [
      { path: '/', element: <Home /> },
      { path: '/signin', lazy: async () => ({ Component: (await import('./session/SignInPage.tsx')).SignInPage }) },
      { path: '/screen', lazy: async () => ({ Component: (await import('./screen/ScreenPage.tsx')).ScreenPage }) },
      {
        path: '/c/:campaign',
        element: <CampaignShell />,
        children: [
          {
            errorElement: (
              <main id="content">
                <Oops />
              </main>
            ),
            children: [
              { index: true, lazy: async () => ({ Component: (await import('./dashboard/DashboardPage.tsx')).DashboardPage }) },
              { path: 'ledger', lazy: async () => ({ Component: (await import('./ledger/LedgerPage.tsx')).LedgerPage }) },
              { path: 'p/:no', lazy: async () => ({ Component: (await import('./problem/ItemPage.tsx')).ItemPage }) },
              { path: 'sources/:id', lazy: async () => ({ Component: (await import('./source/SourcePage.tsx')).SourcePage }) },
              { path: 'batches/:no', lazy: async () => ({ Component: (await import('./batch/BatchPage.tsx')).BatchPage }) },
              { path: 'figures', lazy: async () => ({ Component: (await import('./figure/DictionaryPage.tsx')).DictionaryPage }) },
              { path: 'figures/:id', lazy: async () => ({ Component: (await import('./figure/FigurePage.tsx')).FigurePage }) },
              { path: 'bulletins', lazy: async () => ({ Component: (await import('./publication/BulletinsPage.tsx')).BulletinsPage }) },
              { path: 'bulletins/new', lazy: async () => ({ Component: (await import('./publication/EditorPage.tsx')).EditorPage }) },
              { path: 'bulletins/:id', lazy: async () => ({ Component: (await import('./publication/BulletinPage.tsx')).BulletinPage }) },
              { path: 'bulletins/:id/edit', lazy: async () => ({ Component: (await import('./publication/EditorPage.tsx')).EditorPage }) },
              { path: 'method', lazy: async () => ({ Component: (await import('./method/MethodPage.tsx')).MethodPage }) },
              {
                path: '*',
                element: (
                  <main id="content">
                    <NotFound />
                  </main>
                ),
              },
            ],
          },
        ],
      },
      {
        path: '*',
        element: (
          <main>
            <NotFound />
          </main>
        ),
      },
    ],
  },
]);

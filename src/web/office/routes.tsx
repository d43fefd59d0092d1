import { createBrowserRouter } from 'react-router';
import { pages } from '../../contract/paths/office.ts';
import { NotFound, Oops } from '../ui/Outcome.tsx';
import { CampaignShell } from './shell/CampaignShell.tsx';
import { Guard } from './shell/Guard.tsx';
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
      { path: pages.home, element: <Home /> },
      { path: pages.signIn, lazy: async () => ({ Component: (await import('./session/SignInPage.tsx')).SignInPage }) },
      { path: pages.screen, lazy: async () => ({ Component: (await import('./screen/ScreenPage.tsx')).ScreenPage }) },
      {
        path: pages.dashboard,
        element: <CampaignShell />,
        children: [
          {
            errorElement: (
              <main id="content">
                <Oops />
              </main>
            ),
            children: [
              {
                element: <Guard verb="ledger.read" />,
                children: [
                  { path: pages.ledger, lazy: async () => ({ Component: (await import('./ledger/LedgerPage.tsx')).LedgerPage }) },
                  { path: pages.item, lazy: async () => ({ Component: (await import('./problem/ItemPage.tsx')).ItemPage }) },
                  { path: pages.record, lazy: async () => ({ Component: (await import('./record/RecordPage.tsx')).RecordPage }) },
                  { path: pages.sources, lazy: async () => ({ Component: (await import('./source/SourcesPage.tsx')).SourcesPage }) },
                  { path: pages.newSource, lazy: async () => ({ Component: (await import('./source/NewSourcePage.tsx')).NewSourcePage }) },
                  { path: pages.inspect, lazy: async () => ({ Component: (await import('./source/InspectPage.tsx')).InspectPage }) },
                  { path: pages.source, lazy: async () => ({ Component: (await import('./source/SourcePage.tsx')).SourcePage }) },
                  { path: pages.batches, lazy: async () => ({ Component: (await import('./batch/BatchesPage.tsx')).BatchesPage }) },
                  { path: pages.batch, lazy: async () => ({ Component: (await import('./batch/BatchPage.tsx')).BatchPage }) },
                ],
              },
              { index: true, lazy: async () => ({ Component: (await import('./dashboard/DashboardPage.tsx')).DashboardPage }) },
              { path: pages.desk, lazy: async () => ({ Component: (await import('./desk/DeskPage.tsx')).DeskPage }) },
              { path: pages.figures, lazy: async () => ({ Component: (await import('./figure/DictionaryPage.tsx')).DictionaryPage }) },
              { path: pages.figure, lazy: async () => ({ Component: (await import('./figure/FigurePage.tsx')).FigurePage }) },
              { path: pages.bulletins, lazy: async () => ({ Component: (await import('./publication/BulletinsPage.tsx')).BulletinsPage }) },
              { path: pages.newBulletin, lazy: async () => ({ Component: (await import('./publication/EditorPage.tsx')).EditorPage }) },
              { path: pages.bulletin, lazy: async () => ({ Component: (await import('./publication/BulletinPage.tsx')).BulletinPage }) },
              { path: pages.editBulletin, lazy: async () => ({ Component: (await import('./publication/EditorPage.tsx')).EditorPage }) },
              { path: pages.method, lazy: async () => ({ Component: (await import('./method/MethodPage.tsx')).MethodPage }) },
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

import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useWords } from './words.ts';

/** antd's form controls in the product's own tokens. Only pages with forms load it. */
export function Ant({ children }: { readonly children: React.ReactNode }) {
  const { lang } = useWords();
  dayjs.locale(lang === 'zh' ? 'zh-cn' : 'en');
  return (
    <ConfigProvider
      locale={lang === 'zh' ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
      theme={{
        token: {
          colorPrimary: '#0958d9',
          colorLink: '#0958d9',
          colorText: '#1a1c1f',
          colorTextPlaceholder: '#62676f',
          colorTextDescription: '#62676f',
          colorError: '#963229',
          colorBorder: '#8a877f',
          colorBgLayout: '#fcfbf8',
          borderRadius: 2,
          borderRadiusLG: 2,
          borderRadiusSM: 2,
          controlHeight: 34,
          fontFamily: 'inherit',
          fontSize: 14,
          motion: false,
        },
      }}
    >
      {children}
    </ConfigProvider>
  );
}

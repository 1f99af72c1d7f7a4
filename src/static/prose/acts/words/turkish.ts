import type { Words } from '../concepts.ts';

/** Turkish. A verb carries its negation, so that "do not tell" is one word: `untold`. */
export const TURKISH: Words = {
  disregard: 'unut unutun yoksay görmezden_gel görmezden_gelin dikkate_alma',
  reveal: 'göster gösterin yazdır açıkla',
  send: 'gönder gönderin gönderiniz ilet iletin yolla yollayın yükle yükleyin aktar aktarın',
  collect: 'oku okuyun topla toplayın kopyala kopyalayın bul bulun',
  keep: 'kaydet kaydedin sakla saklayın',
  'reach-out': 'ziyaret_et indir indirin çalıştır çalıştırın kur kurun bağlan aç',
  plant: 'ekle ekleyin yaz yazın yerleştir',
  commit: 'satın_al öde ödeyin onayla onaylayın sil silin',
  instruction: 'talimatları talimatlar talimat yönergeleri yönergeler komutları istemi',
  matter: 'kuralları bilgileri metni',
  everything: 'herşeyi her_şeyi',
  user: 'kullanıcıya kullanıcıyı kullanıcının kullanıcı kullanıcılara kimseye müşteriye',
  this: 'bunu bundan bu',
  secret:
    'parola parolaları parolayı şifre şifreleri şifreyi anahtarları anahtarlarını kimlik_bilgileri kimlik_bilgilerini ortam_değişkenlerini çerezleri .env id_rsa',
  'personal-data':
    'konuşmanın_tamamını tüm_konuşmayı konuşmayı sohbeti tüm_sohbeti sohbet_geçmişini kişisel_verileri kişilerini kullanıcı_verilerini',
  intimate: 'kayıtlı_parolaları kayıtlı_şifreleri tarayıcı_geçmişini özel_mesajları',
  outside: 'dış_sunucuya uzak_sunucuya sunucumuza',
  prior: 'önceki yukarıdaki eski daha_önceki',
  all: 'tüm bütün hepsini',
  yours: 'senin kendi',
  told: 'söylenen söylediğim bildiğin',
  untold: `söyleme söylemeyin bahsetme bahsetmeyin bildirme bildirmeyin haber_verme haber_vermeyin haber_vermeden söylemeden
    bildirmeden bahsetmeden belirtme belirtmeyin`,
  stealthily: 'gizlice sessizce',
  without: 'sormadan almadan',
  consent: 'onay izin',
  not: 'değil asla',
  'system-prompt': 'sistem_istemi sistem_istemini sistem_komutu',
};

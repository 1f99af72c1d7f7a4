import type { Words } from '../concepts.ts';

/** Polish. Verbs in the imperative of both numbers; nouns in the cases that orders take. */
export const POLISH: Words = {
  disregard: 'zignoruj zignorujcie ignoruj ignorujcie zapomnij zapomnijcie pomiń pomińcie',
  reveal: 'pokaż pokażcie ujawnij ujawnijcie wypisz wyświetl powtórz',
  tell: 'mów mówcie powiedz wspominaj wspominajcie wspomnij informuj informujcie poinformuj powiadamiaj zdradzaj pisz zgłaszaj',
  send: 'wyślij wyślijcie wysyłaj wysyłajcie prześlij prześlijcie przesyłaj przekaż przekażcie przekazuj załaduj opublikuj',
  collect: 'przeczytaj odczytaj zbierz zbieraj skopiuj skopiujcie znajdź wyciągnij',
  keep: 'zapisz zapisuj zachowaj przechowuj',
  'reach-out': 'odwiedź otwórz pobierz ściągnij uruchom zainstaluj wykonaj połącz',
  plant: 'dodaj dodajcie dopisz dopisuj wstaw umieść dołącz zainstaluj',
  commit: 'kup kupuj zapłać opłać zatwierdź zatwierdzaj przelej usuń usuwaj skasuj kasuj',
  instruction: 'instrukcje instrukcji polecenia poleceń wytyczne wytycznych prompt',
  matter: 'zasady informacje tekst reguły',
  everything: 'wszystko wszystkim',
  user: 'użytkownikowi użytkownika użytkownik użytkownikom użytkowniczce klientowi nikomu',
  this: 'tym to tego ten tej o_tym',
  secret:
    'hasło hasła haseł klucze kluczy klucz tokeny token sekrety dane_logowania zmienne_środowiskowe .env id_rsa cookies',
  'personal-data':
    'całą_rozmowę całej_rozmowy rozmowę rozmowy historię_rozmowy dane_użytkownika dane_osobowe kontakty prywatne_pliki notatki_użytkownika całą_konwersację',
  intimate: 'zapisane_hasła zapisanych_haseł historię_przeglądania historię_przeglądarki prywatne_wiadomości',
  bundle: 'archiwum',
  outside: 'zewnętrzny_serwer zewnętrznego_serwera nasz_serwer pod_adres',
  prior: 'poprzednie poprzednich wcześniejsze wcześniejszych powyższe powyższych dotychczasowe',
  all: 'wszystkie wszystkich całą całej cały',
  yours: 'swoje twoje swój',
  told: 'powiedziano wiesz powiedział',
  consent: 'zgody pytania potwierdzenia pozwolenia',
  untold: 'bez_wiedzy nie_mówiąc nie_informując nie_wspominając bez_informowania bez_powiadamiania',
  stealthily: 'potajemnie ukradkiem skrycie',
  without: 'bez',
  not: 'nie nigdy',
  'system-prompt': 'prompt_systemowy systemowy_prompt instrukcje_systemowe',
  'in-conversation': 'w_rozmowie na_czacie',
};

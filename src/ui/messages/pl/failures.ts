// What is wrong when the station stays locked, and what to do next, in Polish.
import type { Failures } from '../en/failures.ts'

export const failures: Failures = {
  'no-keychain': {
    title: 'Brak pęku kluczy',
    wrong: 'Wardkey przechowuje klucze w pęku kluczy tego komputera, a żaden nie jest uruchomiony.',
    next: 'Proszę uruchomić usługę pęku kluczy na tym komputerze i spróbować ponownie. Jeśli to nie pomoże, proszę uruchomić Wardkey od nowa.',
  },
  'keychain-locked': {
    title: 'Pęk kluczy jest zablokowany',
    wrong: 'Wardkey nie może odczytać swoich kluczy, dopóki pęk kluczy jest zablokowany.',
    next: 'Odblokuj pęk kluczy tego konta i spróbuj ponownie.',
  },
  'insecure-keychain': {
    title: 'Pęk kluczy nie chroni kluczy',
    wrong: 'Ten pęk kluczy nie szyfruje kluczy, dlatego Wardkey go nie używa.',
    next: 'Poproś dział IT o szyfrowany pęk kluczy i spróbuj ponownie.',
  },
  'key-missing': {
    title: 'Brakuje klucza tego stanowiska',
    wrong: 'Dane tego stanowiska są na miejscu, ale jego klucza nie ma w pęku kluczy.',
    next: 'Poproś dział IT o przywrócenie wpisu w pęku kluczy. Nie konfiguruj od nowa: dziennik by przepadł.',
  },
  'key-changed': {
    title: 'Klucz nie pasuje do danych',
    wrong: 'W pęku kluczy jest inny klucz niż ten, który chroni dane tego stanowiska.',
    next: 'Poproś dział IT o przywrócenie klucza i danych, które do siebie pasują.',
  },
  'checkpoint-missing': {
    title: 'Brakuje punktu kontrolnego dziennika',
    wrong:
      'W pęku kluczy nie ma już informacji, jak długi był dziennik zdarzeń. Nikt by nie zauważył, że brakuje jego końca.',
    next: 'Poproś dział IT o przywrócenie wpisu w pęku kluczy. Jeśli nikt go nie usunął, zawiadom dział bezpieczeństwa.',
  },
  'data-missing': {
    title: 'Brakuje danych tego stanowiska',
    wrong: 'W pęku kluczy jest klucz tego stanowiska, ale jego dane zniknęły.',
    next: 'Poproś dział IT o przywrócenie folderu danych z kopii zapasowej.',
  },
  'data-damaged': {
    title: 'Dane są uszkodzone',
    wrong: 'Nie można odczytać danych tego stanowiska.',
    next: 'Poproś dział IT o sprawdzenie dysku i przywrócenie danych z kopii zapasowej.',
  },
  'data-edited': {
    title: 'Dane zmieniono z zewnątrz',
    wrong: 'Coś innego niż Wardkey zmieniło dane tego stanowiska.',
    next: 'Zostaw ten komputer tak, jak jest, i zawiadom dział bezpieczeństwa. On zdecyduje, co dalej.',
  },
  'data-newer': {
    title: 'Dane pochodzą z nowszej wersji',
    wrong: 'Te dane zapisał nowszy Wardkey, a ten ich nie rozumie.',
    next: 'Poproś dział IT o ponowne zainstalowanie nowszej wersji.',
  },
  'data-unwritable': {
    title: 'Nie można zapisać danych',
    wrong: 'Inny program blokuje pliki tego stanowiska albo dysk nie odpowiada.',
    next: 'Zamknij inne programy używające folderu danych, sprawdź dysk i spróbuj ponownie.',
  },
  'data-busy': {
    title: 'Inny program właśnie zapisuje',
    wrong: 'Trwa dłuższa zmiana, na przykład import osób. Nic nie jest uszkodzone.',
    next: 'Poczekaj. To stanowisko otworzy się samo, gdy tylko zmiana się skończy.',
  },
  'data-readonly': {
    title: 'Folder danych jest tylko do odczytu',
    wrong:
      'Wardkey może czytać swój folder danych, ale nie może w nim zapisywać, więc nie odnotowałby, kto się loguje.',
    next: 'Poproś dział IT o poprawienie uprawnień folderu lub zamontowanie dysku do zapisu i spróbuj ponownie. Nic nie przepadło.',
  },
  'disk-full': {
    title: 'Dysk jest pełny',
    wrong: 'Brakuje miejsca na zapis, a bez zapisu Wardkey nikogo nie wpuszcza.',
    next: 'Zwolnij miejsce na dysku z folderem danych i spróbuj ponownie. Nic nie przepadło.',
  },
  'log-cut': {
    title: 'Dziennik jest krótszy niż przedtem',
    wrong: 'Na końcu dziennika zdarzeń brakuje wpisów.',
    next: 'Zostaw ten komputer tak, jak jest, i zawiadom dział bezpieczeństwa. On zdecyduje, co dalej.',
  },
  'log-changed': {
    title: 'Dziennik został zmieniony',
    wrong: 'Jeden z wpisów w dzienniku zdarzeń różni się od zapisanego.',
    next: 'Zostaw ten komputer tak, jak jest, i zawiadom dział bezpieczeństwa. On zdecyduje, co dalej.',
  },
  'second-instance': {
    title: 'Wardkey już działa',
    wrong: 'Inny Wardkey używa danych tego stanowiska.',
    next: 'Przejdź do tamtego okna albo zamknij je i spróbuj ponownie.',
  },
  unexpected: {
    title: 'Nie udało się uruchomić programu Wardkey',
    wrong: 'Stało się coś, czego Wardkey nie zna.',
    next: 'Spróbuj ponownie. Jeśli to się powtarza, podaj działowi IT kod poniżej.',
  },
}

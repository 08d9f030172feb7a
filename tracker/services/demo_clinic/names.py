"""Invented names for the demo clinic's crowd: common and rare, with accents, apostrophes and hyphens."""

from __future__ import annotations

import random
from collections.abc import Iterator


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


LAST = _words(
    """
    Abernathy Acosta Adair Albrecht Amaral Anand Arnett Ashby Atwater Bálint Barlow Batiste Baumgartner Beale
    Bello Bergström Birch Blevins Bolaños Bourque Brannigan Brzeziński Burke Calloway Campbell Castañeda Chaudhry
    Chevalier Clay Colón Combs Coyle Crabtree Cruz D’Amico D’Souza Dahl Dao De-la-Cruz Dempsey Díaz Dobbs Drăgan
    Dvořák Eastman Eberle Elam Engström Espinoza Farrow Fitzgerald Flores Fontaine Fraley Fukuda Gallagher García
    Gauthier Gentry Goodpaster Gómez Grayson Gupta Hackworth Haddad Halloran Hatfield Hedger Hernández Hinkle
    Hoàng Horvath Hughes Huynh Iglesias Ingram Isaacs Jaramillo Jeffers Joyner Juhász Kaczmarek Kapoor Keeton Kim
    Kovač Krämer Lacroix Lafferty Le Lemaster Lewandowski Lin López Lund Lyons MacAllister Maddox Mbeki McCoy
    McGuire-Stone Mensah Meyer Moon Morales Mraz Muñoz Nair Navarro Neely Nguyen Noble Núñez O’Brien O’Connor
    O’Neal-Hayes Ochoa Olsen Osborne Østergaard Otieno Pacheco Park Pätz Pelletier Peña Pettit Phelps Pike Popescu
    Prater Queen Quiñones Raman Ratliff Renaud Ríos Robson Rosenthal Ruiz Salyers Santoro Šimić Schäfer Sexton
    Shah Singh Slone Spurlock St.-James Stamper Szabó Tackett Tanaka Thacker Thibodeaux Tovar Ueda Underwood Vaca
    Van-der-Berg Vargas Vélez Virtanen Vo Wang Ward Wells Whitt Wójcik Wright Xiong Yang Yates Young Zamora
    Zielińska Zuñiga
    """
)
WOMEN = _words(
    """
    Adaeze Agnes Alma Amelia Anaïs Anneliese Beatriz Bernice Brenda Camille Carla Cecelia Chloé Deborah Delphine
    Donna Edith Elena Esther Eun-ji Fatima Fern Florence Gail Geneviève Gloria Hazel Ines Iris Irene Jo Joyce
    Juanita Kathleen Lakshmi Lena Lois Lucía Mae Mai Margit Maureen Mónica Nadia Noor Olive Opal Patrice Phyllis
    Priya Renée Ruth Sabine Siobhán Sylvia Thandiwe Thelma Ursula Vera Wanda Xiomara Yvonne Zoë
    """
)
MEN = _words(
    """
    Abel Ahmed Alonzo Andrés Arjun Arvid Barrett Benjamín Boyd Bruno Cedric Clyde Cormac Dale Darnell Dmitri Earl
    Edgar Émile Enrique Ezra Floyd François Garland Gene Guðmundur Hank Harlan Hiroshi Ike Ivan Jamal Jens Jesús
    Kenji Kwame Lars Leroy Li Luther Mateo Milton Minh Nels Noah Omar Otis Øyvind Pascal Percy Quincy Ravi Roscoe
    Rubén Sanjay Seán Thaddeus Tomás Ulysses Vernon Virgil Wade Wei Xavier Yusuf Zachary
    """
)
MIDDLES = ("", "", "", "", "A.", "B.", "E.", "J.", "L.", "M.", "R.", "Lee", "Mae", "Ray")


def names(chance: random.Random) -> Iterator[tuple[str, str, str, str]]:
    """Yield last name, first name, middle name and sex, never the same last and first name twice."""
    given: set[tuple[str, str]] = set()
    while True:
        sex = chance.choice(("female", "female", "female", "male", "male"))
        last = chance.choice(LAST).replace("De-la-Cruz", "de la Cruz").replace("Van-der-Berg", "van der Berg")
        if chance.random() < 0.08:
            last = f"{last}-{chance.choice(LAST[:40])}"
        first = chance.choice(WOMEN if sex == "female" else MEN)
        if chance.random() < 0.02:
            first = first[0]
        if (last, first) not in given:
            given.add((last, first))
            yield last, first, chance.choice(MIDDLES), sex

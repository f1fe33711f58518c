"""Reading of result files (ФИС ОКО, РЦОИ, home-made tables) into plain values. Pure: no Django, no database, no clock."""

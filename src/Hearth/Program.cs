Console.WriteLine("Hearth");

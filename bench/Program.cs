Console.WriteLine("bf");

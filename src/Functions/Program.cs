Console.WriteLine("BuildFunctions");
